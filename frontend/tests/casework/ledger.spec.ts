import { expect, test } from 'vitest'
import { ledgerLines } from '@/modules/casework/ledger'

const run = (from: string, to: string | null, reason = '') => ({ from, to, kind: 'run' as const, reason })
const pause = (from: string, to: string | null, reason: string) => ({ from, to, kind: 'pause' as const, reason })

test('a clock that simply ran has nothing to explain', () => {
  expect(ledgerLines({ intervals: [run('T1', null)], extensions: [] })).toEqual([])
})

test('each pause says why, and whether it still lasts', () => {
  const lines = ledgerLines({ intervals: [run('T1', 'T2'), pause('T2', 'T3', 'returned'), run('T3', 'T4'), pause('T4', null, 'suspended')], extensions: [] })
  expect(lines.map((line) => [line.kind, line.reason, line.from, line.to])).toEqual([
    ['stood', 'returned', 'T2', 'T3'], ['stands', 'suspended', 'T4', null],
  ])
})

test('a pause that was taken back counts as run and says so', () => {
  const lines = ledgerLines({ intervals: [run('T1', 'T2'), run('T2', null, 'return_refused')], extensions: [] })
  expect(lines.map((line) => [line.kind, line.reason])).toEqual([['takenBack', 'return_refused']])
})

test('extensions stand between the pauses, in the order they came', () => {
  const lines = ledgerLines({ intervals: [pause('T2', 'T3', 'returned'), pause('T6', 'T7', 'merged')], extensions: [{ at: 'T4', amount: 2, reason: 'granted' }] })
  expect(lines.map((line) => [line.kind, line.amount])).toEqual([['stood', 0], ['extended', 2], ['stood', 0]])
})
