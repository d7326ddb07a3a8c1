import { describe, expect, it } from 'vitest'
import { collectMessages, type Messages } from '@/shared/i18n/collect'

function entries(messages: Messages, prefix = ''): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : entries(value, `${prefix}${key}.`),
  )
}
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort()

describe('the two languages', () => {
  const { 'zh-CN': zh, en } = collectMessages()
  const chinese = new Map(entries(zh))
  const english = new Map(entries(en))

  it('have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
  })

  it('leave nothing empty', () => {
    expect([...chinese, ...english].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([])
  })

  it('take the same values in each message', () => {
    const different = [...chinese].filter(([key, text]) => String(placeholders(text)) !== String(placeholders(english.get(key) ?? '')))
    expect(different.map(([key]) => key)).toEqual([])
  })

  it('keep English free of Chinese', () => {
    expect([...english].filter(([, text]) => /[\u4e00-\u9fff]/.test(text)).map(([key]) => key)).toEqual([])
  })
})
