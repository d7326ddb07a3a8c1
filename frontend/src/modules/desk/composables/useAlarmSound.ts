import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import { useClock } from '@/shared/format'
import { nextSound, notHeard, type FloodSound, type Heard } from '../alarm'
import type { QueueEntry } from '../entries'

const STORED_AS = 'yiwang.desk.sound'
const LOOK_EVERY_MS = 250
const TONE_SECONDS = 0.22

/** The sound of this seat. Browsers keep it back until somebody has clicked; the desk shows that, so that silence is never taken for calm. */
export function useAlarmSound(alarms: Ref<QueueEntry[]>, unsigned: Ref<QueueEntry[]>, rules: { silenceSeconds: Ref<number>; flood: Ref<FloodSound> }) {
  const wanted = ref(localStorage.getItem(STORED_AS) !== 'off')
  const blocked = ref(true)
  const silentUntil = ref(0)
  const tick = useClock(LOOK_EVERY_MS, { real: true })
  const silentSeconds = computed(() => Math.max(0, Math.ceil((silentUntil.value - tick.value) / 1000)))
  let context: AudioContext | null = null
  let heard: Heard = { at: null, fresh: true }
  let soundedFor = new Set<string>()

  async function unlock(): Promise<void> {
    if (typeof AudioContext === 'undefined') return
    context ??= new AudioContext()
    if (context.state === 'suspended') await context.resume()
    blocked.value = context.state !== 'running'
  }

  function toggle(): void {
    void unlock()
    // A click on the mark that sound is blocked means "let me hear it", not "turn it off".
    wanted.value = blocked.value ? true : !wanted.value
    localStorage.setItem(STORED_AS, wanted.value ? 'on' : 'off')
  }

  function silence(): void {
    silentUntil.value = Date.now() + rules.silenceSeconds.value * 1000
  }

  function play(tones: readonly number[]): void {
    if (context === null || context.state !== 'running') return
    const start = context.currentTime
    tones.forEach((tone, index) => {
      const oscillator = context!.createOscillator()
      const volume = context!.createGain()
      oscillator.frequency.value = tone
      volume.gain.setValueAtTime(0.16, start + index * TONE_SECONDS)
      volume.gain.exponentialRampToValueAtTime(0.001, start + (index + 1) * TONE_SECONDS)
      oscillator.connect(volume).connect(context!.destination)
      oscillator.start(start + index * TONE_SECONDS)
      oscillator.stop(start + (index + 1) * TONE_SECONDS)
    })
  }

  watch(alarms, (list) => {
    const keys = new Set(list.map((entry) => entry.key as string))
    // A new alarm is heard whatever the rhythm of those before it.
    if ([...keys].some((key) => !soundedFor.has(key))) heard = { ...heard, fresh: true }
    soundedFor = keys
  }, { immediate: true })

  /** Sent and not signed for in time: two falling tones, once for each. */
  const NOT_SIGNED = [520, 390]
  let heardLate = new Set<string>()
  function soundLate(nowMs: number): void {
    const late = unsigned.value
    const news = notHeard(late, heardLate)
    const audible = context !== null && context.state === 'running' && nowMs >= silentUntil.value
    if (news.length > 0 && audible) play(NOT_SIGNED)
    // One that was signed and is late again another time is heard again.
    heardLate = new Set(late.map((entry) => entry.key as string).filter((key) => heardLate.has(key) || (audible && news.includes(key))))
  }

  watch(tick, (nowMs) => {
    if (!wanted.value) return
    soundLate(nowMs)
    const next = nextSound(alarms.value, nowMs, heard, silentUntil.value, rules.flood.value)
    if (next === null || next.nextAt > nowMs) return
    play(next.tones)
    heard = { at: nowMs, fresh: false }
  })

  const gesture = (): void => void unlock()
  window.addEventListener('pointerdown', gesture)
  window.addEventListener('keydown', gesture)
  onScopeDispose(() => {
    window.removeEventListener('pointerdown', gesture)
    window.removeEventListener('keydown', gesture)
    void context?.close()
  })

  return { wanted, blocked, silentSeconds, toggle, silence }
}
