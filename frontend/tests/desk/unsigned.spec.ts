import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, nextTick, ref } from 'vue'
import QueueRow from '@/modules/desk/components/QueueRow.vue'
import { useAlarmSound } from '@/modules/desk/composables/useAlarmSound'
import { entryOfEvent, isUnsigned, type QueueEntry } from '@/modules/desk/entries'
import { i18n } from '@/shared/i18n'
import { at, eventRow, NOW } from './rows'

const sent = (id: number, minutes: number, changes = {}) => entryOfEvent(eventRow({ id, state: 'dispatched', stage: 'dispatch', due_at: at(minutes), due_kind: 'sign', ...changes }))

/** What was played: the first tone of each sound. */
let played: number[] = []
class Sounds {
  state = 'suspended'
  currentTime = 0
  destination = {}
  tones: number[] = []
  resume = async (): Promise<void> => void (this.state = 'running')
  close = async (): Promise<void> => {}
  createOscillator() {
    const frequency = { set value(tone: number) { played.push(tone) } }
    return { frequency, connect: (next: object) => next, start: () => {}, stop: () => {} }
  }
  createGain() {
    return { gain: { setValueAtTime: () => {}, exponentialRampToValueAtTime: () => {} }, connect: () => {} }
  }
}

const late = ref<QueueEntry[]>([])
function seat() {
  let sound!: ReturnType<typeof useAlarmSound>
  const wrapper = mount(defineComponent({ setup: () => ((sound = useAlarmSound(ref([]), late, { silenceSeconds: ref(60), flood: ref(null) })), () => null) }))
  return { sound, wrapper }
}
const pass = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms)
  await nextTick()
}
const touch = (): void => void window.dispatchEvent(new Event('pointerdown'))

beforeEach(() => {
  played = []
  late.value = []
  localStorage.clear()
  vi.useFakeTimers({ now: NOW })
  vi.stubGlobal('AudioContext', Sounds)
})
afterEach(() => vi.unstubAllGlobals())

test('only the clock of the signature makes a line unsigned', () => {
  expect([isUnsigned(sent(1, -1), NOW), isUnsigned(sent(1, 1), NOW), isUnsigned(sent(1, -1, { due_kind: 'handling' }), NOW), isUnsigned(sent(1, -1, { state: 'handling' }), NOW)]).toEqual([true, false, false, false])
})

test('the line says so', () => {
  const row = mount(QueueRow, { global: { plugins: [i18n] }, props: { entry: sent(1, -1), selected: false, nowMs: NOW } })
  expect(row.text()).toContain('超时未签收')
})

test('each is heard once, and a new one again', async () => {
  const { wrapper } = seat()
  touch()
  late.value = [sent(1, -1)]
  await pass(1000)
  expect(played).toEqual([520, 390])
  await pass(5000)
  late.value = [sent(1, -2), sent(2, -1)]
  await pass(1000)
  expect(played).toEqual([520, 390, 520, 390])
  wrapper.unmount()
})

test('what the browser kept back is heard as soon as somebody touches the desk', async () => {
  const { wrapper } = seat()
  late.value = [sent(1, -1)]
  await pass(2000)
  expect(played).toEqual([])
  touch()
  await pass(1000)
  expect(played).toEqual([520, 390])
  wrapper.unmount()
})

test('what came while the seat was silenced is heard after it', async () => {
  const { sound, wrapper } = seat()
  touch()
  await pass(300)
  sound.silence()
  late.value = [sent(1, -1)]
  await pass(30_000)
  expect(played).toEqual([])
  await pass(31_000)
  expect(played).toEqual([520, 390])
  wrapper.unmount()
})

test('one that was signed and is late another time is heard another time', async () => {
  const { wrapper } = seat()
  touch()
  late.value = [sent(1, -1)]
  await pass(1000)
  late.value = []
  await pass(1000)
  late.value = [sent(1, -1)]
  await pass(1000)
  expect(played).toEqual([520, 390, 520, 390])
  wrapper.unmount()
})
