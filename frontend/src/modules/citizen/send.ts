/** Sending what needs a proof: worked on once, kept while the content stays the same, renewed when it has run out. */
import { ApiError } from '@/api/errors'
import { fetchChallenge, type Challenge } from './api'
import { work } from './proof'

export interface Worked { challenge: string; nonce: string }

export class Permit {
  private worked: Worked | null = null
  private madeFor = ''

  constructor(private challenge: Challenge | null) {}

  /** The page has learnt its first challenge. */
  start(challenge: Challenge): void {
    this.challenge ??= challenge
  }

  /**
   * Calls `post` with a proof. The same content goes with the same proof, so that a report whose answer was lost is not
   * made twice; other content needs another one.
   */
  async send<T>(content: string, post: (worked: Worked) => Promise<T>): Promise<T> {
    if (this.madeFor !== '' && this.madeFor !== content) await this.renew()
    try {
      return await post(await this.proof(content))
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'proof_needed') throw error
      await this.renew()
      return post(await this.proof(content))
    }
  }

  /** What was sent is done: the next thing needs a new proof. */
  async used(): Promise<void> {
    await this.renew().catch(() => undefined)
  }

  private async proof(content: string): Promise<Worked> {
    this.challenge ??= await fetchChallenge('')
    this.worked ??= { challenge: this.challenge.challenge, nonce: await work(this.challenge.challenge, this.challenge.bits) }
    this.madeFor = content
    return this.worked
  }

  private async renew(): Promise<void> {
    const old = this.challenge?.challenge ?? ''
    this.worked = null
    this.madeFor = ''
    this.challenge = await fetchChallenge(old)
  }
}
