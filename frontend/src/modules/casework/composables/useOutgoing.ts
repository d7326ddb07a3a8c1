import type { QueryClient } from '@tanstack/vue-query'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { moveEvent, moveOrder } from '@/api/endpoints'
import { ApiError } from '@/api/errors'
import { keepAnswer } from '@/api/kept'
import { newIdempotencyKey } from '@/api/transport'
import { useSession } from '@/modules/session/store'
import { dropDraft, draftKey } from '../drafts'
import { due, HOLD_MS, isStore, keepOutgoing, readOutgoing, type Outgoing } from '../outgoing'

const tab = newIdempotencyKey()

/** What waits to leave this desk. The machine's store is the truth, because another window may take back or send as well. */
export const useOutgoing = defineStore('outgoing', () => {
  const session = useSession()
  const items = shallowRef<Outgoing[]>([])
  /** What was taken back last: its page opens the form again. */
  const undone = shallowRef<Outgoing | null>(null)
  const sending = new Set<string>()
  /** What went out last, for pages that hold more than its answer. */
  const sent = shallowRef<Outgoing | null>(null)
  let client: QueryClient | null = null

  const person = (): number => session.user?.id ?? 0
  const read = (): Outgoing[] => (items.value = readOutgoing(person()))
  function change(next: (now: Outgoing[]) => Outgoing[]): boolean {
    const after = next(readOutgoing(person()))
    const kept = keepOutgoing(person(), after)
    items.value = after
    return kept
  }
  const put = (item: Outgoing): boolean => change((now) => [...now.filter((one) => one.key !== item.key), item])
  const drop = (key: string): boolean => change((now) => now.filter((one) => one.key !== key))

  /** Takes a move in. False where it cannot be kept: then it has to leave at once. */
  function hold(item: Omit<Outgoing, 'tab' | 'state' | 'sendAt'>): boolean {
    return put({ ...item, tab, state: 'waiting', sendAt: Date.now() + HOLD_MS })
  }

  async function send(item: Outgoing, leaving = false): Promise<void> {
    if (sending.has(item.key)) return
    sending.add(item.key)
    put({ ...item, state: 'sending', error: undefined })
    const options = { idempotencyKey: item.key, keepalive: leaving }
    try {
      const { kind, id } = item.target
      const answer = kind === 'event' ? await moveEvent(id, item.move, item.payload, options) : await moveOrder(id, item.move, item.payload, options)
      if (client !== null) await keepAnswer<object>(client, [kind, id], answer)
      dropDraft(draftKey(person(), item.subject, item.move))
      drop(item.key)
      sent.value = item
    } catch (error) {
      const known = error instanceof ApiError ? { status: error.status, code: error.code, detail: error.detail } : { status: 0, code: 'unknown', detail: '' }
      put({ ...item, state: 'failed', error: known })
    } finally {
      sending.delete(item.key)
    }
  }

  const sendDue = (): void => read() && void due(items.value, tab, Date.now()).forEach((item) => void send(item))
  /** Everything at once: somebody leaves the page, signs out, or does not want to wait. */
  const sendAll = (leaving = false): Promise<unknown> => Promise.all(read().filter((one) => one.state === 'waiting').map((one) => send(one, leaving)))

  function undo(item: Outgoing): void {
    if (sending.has(item.key)) return
    drop(item.key)
    undone.value = item
  }
  function takeUndone(subject: string): Outgoing | null {
    const item = undone.value
    if (item?.subject !== subject) return null
    undone.value = null
    return item
  }

  /** Called once by the bar that shows them. */
  function begin(queries: QueryClient): () => void {
    client = queries
    sendDue()
    const timer = setInterval(sendDue, 500)
    const elsewhere = (event: StorageEvent): void => void (isStore(event.key, person()) && read())
    const leave = (): void => void sendAll(true)
    window.addEventListener('storage', elsewhere)
    window.addEventListener('pagehide', leave)
    const forget = session.beforeSignOut(() => sendAll())
    return () => {
      clearInterval(timer)
      window.removeEventListener('storage', elsewhere)
      window.removeEventListener('pagehide', leave)
      forget()
    }
  }

  const waitsFor = (subject: string): Outgoing | null => items.value.find((one) => one.subject === subject && one.state !== 'failed') ?? null
  return { items, undone, sent, hold, send, sendAll, undo, takeUndone, drop, begin, waitsFor }
})

