/** The light build leaves out what live pictures without sound never need; what it has is typed as in the whole one. */
declare module 'hls.js/light' {
  import Hls from 'hls.js'
  export * from 'hls.js'
  export { Hls }
  export const isSupported: typeof Hls.isSupported
}
