import { describe, expect, it } from 'vitest'
import messages from '@/modules/models/messages'
import { nameOf, textOf, wordsOf } from '@/modules/models/values'

describe('words of a model', () => {
  it('are read in order, with a dash for a class that is left out', () => {
    expect(wordsOf('person, -, truck\nbare_head，')).toEqual(['person', '', 'truck', 'bare_head'])
  })

  it('come back as they were typed', () => {
    expect(wordsOf(textOf(['person', '', 'dog']))).toEqual(['person', '', 'dog'])
  })
})

describe('the name of a file', () => {
  it('becomes a name that the platform takes', () => {
    expect(nameOf('My Helmet_v2 (final).ONNX')).toBe('my-helmet-v2-final')
  })
})

function keysOf(tree: object, path = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) => (typeof value === 'object' ? keysOf(value as object, `${path}${key}.`) : [`${path}${key}`]))
}

describe('the texts', () => {
  it('are complete in both languages', () => {
    expect(keysOf(messages.zh)).toEqual(keysOf(messages.en))
  })
})
