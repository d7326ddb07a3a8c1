import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, ref } from 'vue'
import type { LayoutName, TileCamera } from '@/modules/video/calls'
import { useTour } from '@/modules/video/composables/useTour'

const camera = (id: number): TileCamera => ({ id }) as TileCamera

function tourOf(count: number) {
  const shown: (number | null)[][] = []
  const cameras = ref(Array.from({ length: count }, (_, index) => camera(index + 1)))
  const layout = ref<LayoutName>('4')
  const made: ReturnType<typeof useTour>[] = []
  const page = mount(defineComponent({ setup: () => (made.push(useTour(cameras, layout, (tiles) => void shown.push(tiles.map((tile) => tile?.id ?? null)))), () => null) }))
  return { shown, cameras, layout, tour: made[0]!, page }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the tour', () => {
  it('shows the next cameras every twenty seconds, round and round', () => {
    const { shown, tour } = tourOf(6)
    expect(tour.toggle()).toBe(true)
    vi.advanceTimersByTime(40_000)
    expect(shown).toEqual([[1, 2, 3, 4], [5, 6, 1, 2], [1, 2, 3, 4]])
    expect([tour.stop.value, tour.stops.value, tour.left.value]).toEqual([0, 2, 20])
  })

  it('stands still once it is stopped, or the page is left', () => {
    const { shown, tour, page } = tourOf(6)
    tour.toggle()
    tour.toggle()
    vi.advanceTimersByTime(60_000)
    tour.toggle()
    page.unmount()
    vi.advanceTimersByTime(60_000)
    expect(shown).toHaveLength(2)
  })

  it('does not begin without cameras', () => {
    const { tour } = tourOf(0)
    expect(tour.toggle()).toBe(false)
    expect(tour.on.value).toBe(false)
  })

  it('begins anew with another layout', async () => {
    const { shown, tour, layout } = tourOf(6)
    tour.toggle()
    layout.value = '1'
    await Promise.resolve()
    expect(shown.at(-1)).toEqual([1])
  })
})
