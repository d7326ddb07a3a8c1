/** What an emergency puts in the left column, where there is room for all of it and where there is not. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { FootingShape } from '@/api/types'
import type { Muster } from '@/modules/wall/calls'
import MusterPanel from '@/modules/wall/components/MusterPanel.vue'
import PlanChecklist from '@/modules/wall/components/PlanChecklist.vue'
import { i18n } from '@/shared/i18n'

const global = { plugins: [i18n] }
const step = (code: string, done_at: string | null) => ({ code, zh: code, en: code, done_at, done_by: '' })
const footing = { checklist: [step('a', '2026-11-22T06:00:00Z'), step('b', null), step('c', null), step('d', null)] } as unknown as FootingShape
const muster = { items: ['东', '南', '西', '北'].map((name, unit_id) => ({ unit_id, name, total: 9, on_duty: 8, busy: 1 })) } as unknown as Muster

describe('the plan of an emergency', () => {
  const shown = (rows: number) => mount(PlanChecklist, { global, props: { footing, rows } })

  it('is shown whole and in its order where there is room', () => {
    expect(shown(4).findAll('.what').map((one) => one.text())).toEqual(['a', 'b', 'c', 'd'])
    expect(shown(4).find('p').exists()).toBe(false)
  })

  it('shows what is still to be done first, and how much is left, where there is not', () => {
    expect(shown(3).findAll('.what').map((one) => one.text())).toEqual(['b', 'c'])
    expect(shown(3).find('p').text()).toBe('另有 2 条')
  })
})

describe('the muster', () => {
  const rows = (count: number) => mount(MusterPanel, { global, props: { muster, rows: count } }).findAll('tbody tr').map((row) => row.text())

  it('says in its last row how many units there was no room for', () => {
    expect(rows(4)).toHaveLength(4)
    expect(rows(3)).toHaveLength(3)
    expect(rows(3).at(-1)).toBe('另有 2 条')
  })
})
