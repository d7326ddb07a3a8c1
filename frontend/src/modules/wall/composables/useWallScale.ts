import { computed, onScopeDispose, ref, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { aspectOf, wallScale } from '../scale'

/** Sets the root font size while the wall is shown, so that `1rem` is a hundred-and-ninety-second of its width. */
export function useWallScale(aspect: MaybeRefOrGetter<string | null> = null) {
  const size = ref({ width: window.innerWidth, height: window.innerHeight })
  const scale = computed(() => wallScale(size.value.width, size.value.height, aspectOf(toValue(aspect))))
  const before = document.documentElement.style.fontSize

  const read = (): void => {
    size.value = { width: window.innerWidth, height: window.innerHeight }
  }
  watch(() => scale.value.rem, (rem) => (document.documentElement.style.fontSize = `${rem}px`), { immediate: true })
  window.addEventListener('resize', read)
  onScopeDispose(() => {
    window.removeEventListener('resize', read)
    document.documentElement.style.fontSize = before
  })
  return { scale, size }
}
