import { computed, onScopeDispose, ref } from 'vue'
import { wallScale } from '../scale'

/** Sets the root font size while the wall is shown, so that `1rem` is a hundred-and-ninety-second of its width. */
export function useWallScale() {
  const size = ref({ width: window.innerWidth, height: window.innerHeight })
  const scale = computed(() => wallScale(size.value.width, size.value.height))
  const before = document.documentElement.style.fontSize

  function apply(): void {
    size.value = { width: window.innerWidth, height: window.innerHeight }
    document.documentElement.style.fontSize = `${scale.value.rem}px`
  }
  apply()
  window.addEventListener('resize', apply)
  onScopeDispose(() => {
    window.removeEventListener('resize', apply)
    document.documentElement.style.fontSize = before
  })
  return { scale, size }
}
