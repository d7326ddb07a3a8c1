import { createHash } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import { emptyDraft, isEmpty, keepDraft, readDraft } from '@/modules/citizen/draft'
import { placeOf, tidyReceipt } from '@/modules/citizen/place'
import { isProof, sha256, work } from '@/modules/citizen/proof'
import { Permit } from '@/modules/citizen/send'
import { numbersToCall } from '@/modules/citizen/urgent'
import { speak, t } from '@/modules/citizen/words'

const hex = (words: Uint32Array): string => [...words].map((word) => word.toString(16).padStart(8, '0')).join('')

describe('the proof of work', () => {
  it('uses the SHA-256 that the server uses', () => {
    for (const text of ['', 'abc', '随手拍', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), 'x'.repeat(300)]) {
      expect(hex(sha256(text))).toBe(createHash('sha256').update(text).digest('hex'))
    }
  })

  it('finds a nonce that the server accepts', async () => {
    const nonce = await work('challenge', 8)
    expect(isProof('challenge', nonce, 8)).toBe(true)
    expect(createHash('sha256').update(`challenge:${nonce}`).digest()[0]).toBe(0)
  })
})

describe('urgent words', () => {
  const lists = [{ number: '119', words: ['起火', 'on fire'] }, { number: '120', words: ['触电'] }]
  it('are heard anywhere in the text and in any case', () => {
    expect(numbersToCall('三楼起火了，有人触电', lists)).toEqual(['119', '120'])
    expect(numbersToCall('The shop is On Fire', lists)).toEqual(['119'])
    expect(numbersToCall('路灯不亮', lists)).toEqual([])
  })
})

describe('addresses and receipts', () => {
  it('lead to the form or to one report', () => {
    expect(placeOf('/report')).toEqual({ page: 'report' })
    expect(placeOf('/report/')).toEqual({ page: 'report' })
    expect(placeOf('/report/ABCD-EFGH-JKMN')).toEqual({ page: 'track', receipt: 'ABCD-EFGH-JKMN' })
  })

  it('are read however somebody wrote them down', () => {
    expect(tidyReceipt(' abcd efgh-jkmn ')).toBe('ABCD-EFGH-JKMN')
    expect(tidyReceipt('')).toBe('')
  })
})

describe('the draft', () => {
  it('is there again, and gone once it is empty', () => {
    keepDraft({ ...emptyDraft(), description: '路灯不亮' })
    expect(readDraft()?.description).toBe('路灯不亮')
    keepDraft(emptyDraft())
    expect(readDraft()).toBeNull()
    expect(isEmpty({ ...emptyDraft(), address: ' ' })).toBe(true)
  })

  it('is none where what was kept cannot be read', () => {
    localStorage.setItem('yiwang.citizen.draft', '{')
    expect(readDraft()).toBeNull()
  })
})

describe('the permit to send', () => {
  const challenge = (name: string) => ({ challenge: name, bits: 4 })
  const answers = (...names: string[]) => {
    const left = [...names]
    vi.stubGlobal('fetch', vi.fn<() => Promise<Response>>(async () => new Response(JSON.stringify(challenge(left.shift() ?? 'none')), { status: 200 })))
  }

  it('keeps its proof for the same content, so that a lost answer does not make a second report', async () => {
    const permit = new Permit(challenge('first'))
    const used: string[] = []
    const lost = async ({ challenge: name }: { challenge: string }): Promise<never> => {
      used.push(name)
      throw new ApiError(0, { code: 'network' })
    }
    await expect(permit.send('same', lost)).rejects.toThrow('network')
    await expect(permit.send('same', lost)).rejects.toThrow('network')
    answers('second')
    await expect(permit.send('other', lost)).rejects.toThrow('network')
    expect(used).toEqual(['first', 'first', 'second'])
  })

  it('gets another when the first has run out, and sends again by itself', async () => {
    answers('second')
    const permit = new Permit(challenge('first'))
    const post = vi.fn<(worked: { challenge: string }) => Promise<string>>(async ({ challenge: name }) => {
      if (name === 'first') throw new ApiError(409, { code: 'proof_needed' })
      return name
    })
    expect(await permit.send('same', post)).toBe('second')
    expect(post).toHaveBeenCalledTimes(2)
  })
})

describe('the words', () => {
  it('come in both languages with their values filled in', () => {
    speak('zh-CN')
    expect(t('urgent.call', { number: '119' })).toBe('拨打 119')
    speak('en')
    expect(t('urgent.call', { number: '119' })).toBe('Call 119')
    expect(t('no.such.key')).toBe('no.such.key')
    expect(document.documentElement.lang).toBe('en')
  })
})
