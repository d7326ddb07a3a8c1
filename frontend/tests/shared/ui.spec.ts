import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { i18n } from '@/shared/i18n'
import AlarmShape from '@/shared/ui/AlarmShape.vue'
import { freshness } from '@/shared/ui/freshness'
import { slaView } from '@/shared/ui/sla'
import SlaBar from '@/shared/ui/SlaBar.vue'
import StateTag from '@/shared/ui/StateTag.vue'

const global = { plugins: [i18n] }
const START = '2026-11-22T06:00:00Z'
const DUE = '2026-11-22T07:00:00Z'
const minute = (after: number): number => Date.parse(START) + after * 60_000

describe('the bar of a limit', () => {
  it('is calm below 80 %, late from there, over after the end', () => {
    expect(slaView(START, DUE, minute(30))).toMatchObject({ share: 0.5, tone: 'calm', leftSeconds: 1800 })
    expect(slaView(START, DUE, minute(48))?.tone).toBe('late')
    expect(slaView(START, DUE, minute(61))).toMatchObject({ share: 1, tone: 'over', leftSeconds: -60 })
  })

  it('is absent without a limit and empty without a beginning', () => {
    expect(slaView(START, null, minute(1))).toBeNull()
    expect(slaView(null, DUE, minute(1))?.share).toBe(0)
  })

  it('says what runs and by how much it is over', () => {
    const bar = mount(SlaBar, { global, props: { dueAt: DUE, startedAt: START, kind: 'dispatch', nowMs: minute(60) + 62_000 } })
    expect(bar.text()).toBe('派遣 −01:02')
    expect(bar.classes()).toContain('over')
  })
})

describe('freshness', () => {
  it('is live with a live connection however old the last change is', () => {
    expect(freshness('live', 400)).toEqual({ tone: 'live', stale: false })
  })

  it('is stopped after a cut and stale from thirty seconds on', () => {
    expect(freshness('offline', 10)).toEqual({ tone: 'stopped', stale: false })
    expect(freshness('connecting', 31)).toEqual({ tone: 'stopped', stale: true })
  })

  it('is waiting before the first frame', () => {
    expect(freshness('connecting', null).tone).toBe('waiting')
  })
})

describe('small parts', () => {
  it('names the level only where no word stands beside the shape', () => {
    expect(mount(AlarmShape, { props: { level: 1 } }).attributes('aria-hidden')).toBe('true')
    expect(mount(AlarmShape, { props: { level: 1, label: '特急' } }).attributes('aria-label')).toBe('特急')
  })

  it('says a state in the words of its kind, and an unknown one as it is', () => {
    expect(mount(StateTag, { global, props: { state: 'dispatched' } }).text()).toBe('待签收')
    expect(mount(StateTag, { global, props: { state: 'open', kind: 'alert' } }).text()).toBe('待核实')
    expect(mount(StateTag, { global, props: { state: 'brand_new' } }).text()).toBe('brand_new')
  })
})
