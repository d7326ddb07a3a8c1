import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { computed, defineComponent, nextTick, ref } from 'vue'
import { useDeskOf } from '@/modules/desk/composables/useDeskOf'
import { useMapWindow } from '@/modules/desk/composables/useMapWindow'
import { wordFrom, type Camera, type Shown } from '@/modules/desk/mapWindow'

/** Both windows in one test: what one posts, the others of the same name hear at once. */
class Channel {
  static open = new Set<Channel>()
  onmessage: ((event: { data: unknown }) => void) | null = null
  constructor(readonly name: string) {
    Channel.open.add(this)
  }
  postMessage(data: unknown): void {
    for (const other of [...Channel.open]) if (other !== this && other.name === this.name) other.onmessage?.({ data: structuredClone(data) })
  }
  close(): void {
    Channel.open.delete(this)
  }
}

const mounted: VueWrapper[] = []
beforeEach(() => {
  Channel.open.clear()
  vi.stubGlobal('BroadcastChannel', Channel)
  // As over plain HTTP: the pages say good-bye themselves.
  vi.stubGlobal('navigator', { locks: undefined })
})
afterEach(() => {
  mounted.splice(0).forEach((wrapper) => wrapper.unmount())
  vi.unstubAllGlobals()
})

function inPage<T>(setup: () => T): { value: T; wrapper: VueWrapper } {
  let value!: T
  const wrapper = mount(defineComponent({ setup: () => ((value = setup()), () => null) }))
  mounted.push(wrapper)
  return { value, wrapper }
}

function desk(person = 1) {
  const shown = ref<Shown>({ item: 'event:342', chosen: null })
  const view = ref<Record<string, string>>({ street: 'c.d.s' })
  const cameras: Camera[] = []
  const blocked = vi.fn<() => unknown>()
  const page = inPage(() => useMapWindow({ person, shown, view, show: (next) => (shown.value = next), camera: (camera) => cameras.push(camera), blocked }))
  return { ...page, shown, view, cameras, blocked }
}
function map(person = 1) {
  const shown = ref<Shown>({ item: null, chosen: null })
  const view = ref<Record<string, string>>({})
  const page = inPage(() => useDeskOf({ person, shown: computed(() => shown.value), show: (next, query) => ((shown.value = next), (view.value = query)), camera: () => {} }))
  return { ...page, shown, view }
}

test('a map that opens takes over what its desk shows, and the desk gives it the room', () => {
  const one = desk()
  const two = map()
  expect(two.shown.value).toEqual({ item: 'event:342', chosen: null })
  expect(two.view.value).toEqual({ street: 'c.d.s' })
  expect([one.value.apart.value, two.value.together.value]).toEqual([true, true])
})

test('a selection goes both ways and does not echo', async () => {
  const one = desk()
  const two = map()
  await nextTick()
  two.shown.value = { item: 'alert:7', chosen: null }
  await nextTick()
  expect(one.shown.value.item).toBe('alert:7')
  one.shown.value = { item: 'event:343', chosen: 9 }
  await nextTick()
  await nextTick()
  expect(two.shown.value).toEqual({ item: 'event:343', chosen: 9 })
  expect(one.shown.value).toEqual({ item: 'event:343', chosen: 9 })
})

test('the filters of the desk follow', async () => {
  const one = desk()
  const two = map()
  await nextTick()
  one.view.value = { mine: '1' }
  await nextTick()
  expect(two.view.value).toEqual({ mine: '1' })
})

test('where the map was moved to, the desk will show when it takes it back', () => {
  const one = desk()
  map().value.camera({ lng: 118.7, lat: 32, zoom: 15 })
  expect(one.cameras).toEqual([{ lng: 118.7, lat: 32, zoom: 15 }])
})

test('closing the map gives the desk its own back', () => {
  const one = desk()
  map().wrapper.unmount()
  expect(one.value.apart.value).toBe(false)
})

test('closing the desk leaves the map alone and alive', () => {
  const one = desk()
  const two = map()
  one.wrapper.unmount()
  expect(two.value.together.value).toBe(false)
})

test('a desk that is opened again finds the map that is still there', () => {
  desk().wrapper.unmount()
  const two = map()
  const again = desk()
  expect([again.value.apart.value, two.value.together.value]).toEqual([true, true])
})

test('a window that crashed is noticed by the lock it held', async () => {
  const freed: (() => void)[] = []
  vi.stubGlobal('navigator', { locks: { request: (name: string, _: unknown, then: () => unknown) => new Promise((resolve) => (name.endsWith('.map') ? freed.push(() => resolve(then())) : resolve(then()))) } })
  const one = desk()
  new Channel('yiwang.desk.1').postMessage({ kind: 'here' })
  expect(one.value.apart.value).toBe(true)
  freed.forEach((free) => free())
  await nextTick()
  expect(one.value.apart.value).toBe(false)
})

test('a browser that keeps the window back is told about, and the desk stays whole', () => {
  vi.stubGlobal('open', () => null)
  const one = desk()
  one.value.toggle()
  expect(one.blocked).toHaveBeenCalledTimes(1)
  expect(one.value.apart.value).toBe(false)
})

test('another person at the same machine is not followed', () => {
  const one = desk(1)
  map(2)
  expect(one.value.apart.value).toBe(false)
})

test('what is not understood is not obeyed', () => {
  expect([wordFrom(null), wordFrom({ kind: 'desk', shown: 3 }), wordFrom({ kind: 'camera', camera: { lng: 'x' } }), wordFrom({ kind: 'other' })]).toEqual([null, null, null, null])
  expect(wordFrom({ kind: 'map', shown: { item: 'no:key', chosen: 'x' } })).toEqual({ kind: 'map', shown: { item: null, chosen: null } })
})
