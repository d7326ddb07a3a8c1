import { expect, test, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import type { OrderRow } from '@/api/types'
import { assignable, forEach, signable, type Step } from '@/modules/tickets/bulk'
import { movesOfTicket } from '@/modules/tickets/moves'
import { sheetOf } from '@/modules/tickets/sheet'

const row = (id: number, state: OrderRow['state'] = 'issued') => ({ id, state, version: 1, event_number: `n${id}`, title: '井盖缺失', assignee: null }) as OrderRow

test('one refusal costs no other ticket, and each is sent with a key of its own', async () => {
  const keys: string[] = []
  const result = await forEach([row(1), row(2), row(3)], async (one, key) => {
    keys.push(key)
    if (one.id === 2) throw new ApiError(409, { code: 'stale_version' })
  })
  expect([result.done, result.failed.map(({ row: one }) => one.id), new Set(keys).size]).toEqual([[1, 3], [2], 3])
})

test('without a network the rest is not tried', async () => {
  const step = vi.fn<Step>(async () => { throw new ApiError(0) })
  expect((await forEach([row(1), row(2)], step)).failed).toHaveLength(1)
  expect(step).toHaveBeenCalledTimes(1)
})

test('only what is not signed yet is signed, and only what is signed is given to a team', () => {
  const rows = [row(1), row(2, 'signed'), row(3, 'assigned'), row(4, 'done')]
  expect([signable(rows).map((one) => one.id), assignable(rows).map((one) => one.id)]).toEqual([[1], [2, 3]])
})

test('a move that the leg and the case both know is offered once', () => {
  const allowed = (move: string) => ({ move, label: move, needs: [], available: true, refusal_code: null })
  const order = { allowed_moves: [allowed('finish')], event: { allowed_moves: [allowed('finish'), allowed('ask_extension')] } } as unknown as Parameters<typeof movesOfTicket>[0]
  expect(movesOfTicket(order).map((entry) => entry.move)).toEqual(['finish', 'ask_extension'])
})

test('a selection is a table with a line for each ticket', () => {
  const words = { column: (name: string) => name, level: String, state: (one: OrderRow) => one.state, role: (one: OrderRow) => one.role, moment: (at: string | null) => at ?? '' }
  const table = sheetOf([{ ...row(1), unit: { id: 7, name: '城管' }, area_label: '望江街道', address: '' } as OrderRow], words)
  expect([table.columns[0], table.rows[0]?.slice(0, 2), table.rows[0]?.length]).toEqual(['number', ['n1', '井盖缺失'], table.columns.length])
})
