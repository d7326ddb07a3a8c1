/** The light build leaves out what live pictures without sound never need; it has the same types. */
declare module 'hls.js/light' {
  export * from 'hls.js'
  export { default } from 'hls.js'
}
