/* Runs before anything else and in any browser: no syntax newer than 2009 here. */
(function () {
  var modern =
    typeof window.Promise === 'function' &&
    typeof window.WebSocket === 'function' &&
    typeof window.structuredClone === 'function' &&
    typeof Array.prototype.findLast === 'function' &&
    window.CSS && window.CSS.supports && window.CSS.supports('selector(:has(a))')
  if (!modern) {
    document.getElementById('too-old').removeAttribute('hidden')
    document.getElementById('app').setAttribute('hidden', '')
  }
})()
