import { nextTick, ref, shallowRef, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { fetchEvents, fetchRespondersNear, moveTask } from '@/api/endpoints'
import { ApiError } from '@/api/errors'
import { newIdempotencyKey } from '@/api/transport'
import type { EventDetail, Responder } from '@/api/types'
import { useMoveName } from '@/modules/casework/composables/useMoveName'
import type { Values } from '@/modules/casework/moves'
import { useProblem } from '@/shared/i18n/problem'
import { meansNumber, type Command } from '../command'
import { entryOfEvent, keyOf, type EntryKey, type QueueEntry } from '../entries'
import { meantBy, moveOf, taskMeantBy, type Known } from '../suggest'

interface Desk {
  known: Ref<Known>
  /** Until the departments are known: a command typed right after the page opened waits for their names. */
  named(): Promise<unknown>
  event: Ref<EventDetail | null>
  select(key: EntryKey): void
  take(entry: QueueEntry, at: string): void
  filter(text: string): void
  begin(move: string, answers: Values): boolean
  /** Somebody who was named is not among the nearest: the forms must know them too. */
  include(responder: Responder): void
  arrived(responder: number): void
}

const ANSWER_MS = 8000

/** Carries out what was typed: finds the case, opens it, and the form of its move with the answers that were typed. */
export function useCommands(desk: Desk) {
  const { t } = useI18n()
  const { moveName } = useMoveName()
  const problem = useProblem()
  const said = ref('')
  let timer: ReturnType<typeof setTimeout> | null = null
  function answer(text: string): void {
    said.value = text
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => (said.value = ''), ANSWER_MS)
  }

  /** The move waits until the case it is for is on the screen. */
  const waiting = shallowRef<{ id: number; command: Extract<Command, { kind: 'move' }>; main: number | null } | null>(null)
  watch([desk.event, waiting], async ([event, next]) => {
    if (event === null || next === null || event.id !== next.id) return
    waiting.value = null
    await nextTick()
    await open(event, next.command, next.main)
  })

  async function arrive(event: EventDetail, words: readonly string[]): Promise<void> {
    const { task, sent } = taskMeantBy(words, event.tasks)
    if (task === null) return answer(sent.length === 0 ? t('desk.command.nobodySent') : t('desk.command.whoArrived', { names: sent.join('、') }))
    desk.arrived(task.assignee.id)
    const name = task.assignee.name
    if (task.arrived_at !== null) return answer(t('desk.command.arrived', { name }))
    try {
      await moveTask(task.id, 'report_arrival', { version: task.version }, { idempotencyKey: newIdempotencyKey() })
      answer(t('desk.command.arrivalNoted', { name }))
    } catch (error) {
      // Who may do it is said by the server, which knows the posts.
      answer(error instanceof ApiError && error.code === 'forbidden' && error.detail !== '' ? error.detail : problem(error))
    }
  }

  /** Somebody who is not among the nearest, by a part of the name or by its initials. */
  async function farther(event: EventDetail, word: string): Promise<Responder | null> {
    const byLetters = /^[a-z][a-z0-9]*$/i.test(word)
    const { items } = await fetchRespondersNear(event.lng, event.lat, byLetters ? 50 : 5, byLetters ? undefined : word)
    const { responder } = meantBy([word], { units: [], responders: items })
    if (responder !== null) desk.include(responder)
    return responder
  }

  async function open(event: EventDetail, command: Extract<Command, { kind: 'move' }>, main: number | null): Promise<void> {
    if (command.verb === 'arrive') return arrive(event, command.words)
    if (command.words.length > 0) await desk.named()
    const { unit, responder: near, unclear } = meantBy(command.words, desk.known.value)
    const responder = unclear === null ? near : await farther(event, unclear).catch(() => null)
    if (unclear !== null && responder === null) return answer(t('desk.command.unclear', { who: unclear }))
    const move = moveOf(command.verb, event.state, responder !== null)
    const answers: Values = { ...(unit ? { unit_id: unit.id } : {}), ...(responder ? { assignee_id: responder.id } : {}), ...(main === null ? {} : { main_event_id: main }) }
    if (!desk.begin(move, answers)) answer(t('desk.command.notOffered', { move: moveName(move), state: t(`state.${event.state}`) }))
  }

  /** The one case that a number means, in the queue or anywhere in one's area. */
  async function find(number: string): Promise<{ id: number } | null> {
    const held = desk.known.value.rows.filter((row) => row.kind === 'event' && meansNumber(number, row.number))
    if (held.length === 1) return { id: held[0]!.id }
    const page = await fetchEvents({ q: number, limit: 20 })
    const found = page.items.filter((row) => meansNumber(number, row.number))
    if (found.length === 0) answer(t('desk.command.notFound', { number }))
    else if (found.length > 1 && held.length !== 1) {
      answer(t('desk.command.several', { count: found.length, number }))
      desk.filter(number)
    } else {
      desk.take(entryOfEvent(found[0]!), page.as_of)
      return { id: found[0]!.id }
    }
    return null
  }

  async function run(command: Command): Promise<void> {
    said.value = ''
    try {
      if (command.kind === 'text') desk.filter(command.text)
      else if (command.kind === 'phone') desk.filter(command.phone)
      else if (command.kind === 'number') {
        const found = await find(command.number)
        if (found) desk.select(keyOf('event', found.id))
      } else if (command.kind === 'move') await runMove(command)
    } catch (error) {
      answer(problem(error))
    }
  }

  async function runMove(command: Extract<Command, { kind: 'move' }>): Promise<void> {
    const [number, mainNumber] = command.numbers
    const found = number === undefined ? desk.event.value : await find(number)
    if (found === null) {
      if (number === undefined) answer(t('desk.command.which'))
      return
    }
    const main = mainNumber === undefined ? null : await find(mainNumber)
    if (mainNumber !== undefined && main === null) return
    waiting.value = { id: found.id, command, main: main?.id ?? null }
    desk.select(keyOf('event', found.id))
  }

  return { said, run }
}
