/// <reference types="vite/client" />

interface Window {
  /** Set once the page has nothing left to load or draw: what screenshots and browser tests wait for. */
  __ready?: boolean
}
