import { expect, test } from 'vitest'
import type { ReplyTemplate } from '@/api/types'
import { filled, templatesFor, withText } from '@/modules/casework/templates'

const template = (id: number, changes: Partial<ReplyTemplate> = {}): ReplyTemplate => ({ id, move: 'finish', type_code: '', name: String(id), text: '', ...changes })

test('texts of the very type come before those for every type', () => {
  const all = [template(1), template(2, { type_code: 'stall' }), template(3, { type_code: 'cover' }), template(4, { move: 'close' })]
  expect([templatesFor(all, 'finish', 'stall').map((one) => one.id), templatesFor(all, 'finish_leg', 'x').map((one) => one.id), templatesFor(all, 'sign', 'x')]).toEqual([[2, 1], [1], []])
})

test('places are filled with facts, and what is not known stays to be seen', () => {
  expect(filled('{部门}已处置{事项}，见{附件}', { 部门: '城管局', 事项: '占道经营', 地点: '' })).toBe('城管局已处置占道经营，见{附件}')
})

test('what was typed is kept', () => {
  expect([withText(' ', '模板'), withText('已到场。', '模板')]).toEqual(['模板', '已到场。\n模板'])
})
