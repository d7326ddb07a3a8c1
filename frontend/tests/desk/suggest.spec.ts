import { expect, test } from 'vitest'
import type { OrgUnit, Responder } from '@/api/types'
import { parseCommand } from '@/modules/desk/command'
import { entryOfEvent } from '@/modules/desk/entries'
import { meantBy, moveOf, suggest } from '@/modules/desk/suggest'
import { eventRow } from './rows'

const unit = (id: number, name: string) => ({ id, name, code: `u${id}`, short_name: name.slice(0, 2), kind: 'department' }) as OrgUnit
const responder = (id: number, name: string) => ({ id, name }) as Responder
const known = {
  rows: [entryOfEvent(eventRow({ id: 342, number: '20261122-000342', title: '井盖缺失' })), entryOfEvent(eventRow({ id: 343, number: '20261122-000343', title: '占道经营' }))],
  units: [unit(1, '城市管理局'), unit(2, '住房和城乡建设局')],
  responders: [responder(7, '网格员07'), responder(8, '网格员08')],
}
const texts = (typed: string): string[] => suggest(typed, known).map((one) => `${one.kind}:${one.kind === 'event' ? one.number : one.text}`)

test('nothing is suggested before the second letter, but a verb is known by one', () => {
  expect([texts(''), texts('井'), texts('派')]).toEqual([[], [], ['run:派']])
})

test('a number offers the case it ends, and the search for it', () => {
  expect(texts('0342')).toEqual(['event:0342', 'search:0342'])
})

test('after the verb come those who can be sent, also by the first letters of their pinyin', () => {
  expect(texts('派 csgl')).toEqual(['unit:派 城市管理局 ', 'run:派 csgl'])
  expect(texts('派 网格员')).toEqual(['responder:派 网格员07 ', 'responder:派 网格员08 ', 'run:派 网格员'])
})

test('then the case, by the beginning of what is read out of its number', () => {
  expect(texts('结 034')).toEqual(['run:结 034', 'event:0342', 'event:0343'])
})

test('words look for cases and people', () => {
  expect(texts('井盖')).toEqual(['event:0342', 'search:井盖'])
  expect(texts('wgy07')).toEqual(['responder:网格员07', 'search:wgy07'])
})

test('who is meant is taken only where it is one', () => {
  const meant = (typed: string) => {
    const command = parseCommand(typed)
    const { unit: department, responder: person, unclear } = meantBy(command.kind === 'move' ? command.words : [], known)
    return [department?.id ?? null, person?.id ?? null, unclear]
  }
  expect([meant('派 城市 0342'), meant('派 网格员07 0342'), meant('派 网格员 0342'), meant('派 0342')]).toEqual([[1, null, null], [null, 7, null], [null, null, '网格员'], [null, null, null]])
})

test('sending somebody is verifying a report, handling a case and checking what was done', () => {
  expect(['reported', 'filed', 'handled'].map((state) => moveOf('dispatch', state, false))).toEqual(['ask_verification', 'dispatch', 'ask_check'])
})
