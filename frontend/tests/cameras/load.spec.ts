import { describe, expect, it } from 'vitest'
import type { CameraLoad } from '@/modules/cameras/calls'
import { droppedWords, inOrder, megabytes, worryOf } from '@/modules/cameras/load'

const of = (code: string, over: Partial<CameraLoad>): CameraLoad =>
  ({ code, priority: 2, lag_seconds: 0.1, dropped_per_second: 0, looked_per_second: 5, ...over }) as CameraLoad

describe('how cameras keep up', () => {
  it('worries where a camera is late or loses more than a fifth', () => {
    expect(worryOf(of('a', {}))).toBe('')
    expect(worryOf(of('a', { lag_seconds: 3 }))).toBe('late')
    expect(worryOf(of('a', { dropped_per_second: 2, looked_per_second: 3 }))).toBe('dropping')
    expect(worryOf(of('a', { dropped_per_second: 0.5, looked_per_second: 4.5 }))).toBe('')
  })

  it('shows those that worry first, then by priority and code', () => {
    const rows = [of('c', {}), of('b', { priority: 1 }), of('a', {}), of('d', { priority: 3, lag_seconds: 9 })]
    expect(inOrder(rows).map((one) => one.code)).toEqual(['d', 'b', 'a', 'c'])
  })

  it('names what was dropped and why', () => {
    expect(droppedWords({ crowded: 7, late: 0, damaged: 2 }, (why) => `<${why}>`)).toBe('<crowded> 7 · <damaged> 2')
  })

  it('tells sizes in megabytes', () => {
    expect([megabytes(1_500_000), megabytes(300_000_000)]).toEqual(['1.5 MB', '300 MB'])
  })
})
