/**
 * The command line of the desk, as dispatchers know it: a verb, whom, and the end of a number, in any order.
 * `派 网格员07 0342`, `结 0342`, `并 0342 0341`; or only a number, a telephone number, or words to look for. Pure.
 */

/** What a verb does: a move of the case, or a look at who is on the way. */
export type Verb = 'dispatch' | 'close' | 'arrive' | 'file' | 'ask_verification' | 'ask_check' | 'merge' | 'recall' | 'urge' | 'supervise' | 'take' | 'reject'

const VERBS: Readonly<Record<string, Verb>> = {
  派: 'dispatch', 派遣: 'dispatch', 结: 'close', 结案: 'close', 到: 'arrive', 到场: 'arrive', 立: 'file', 立案: 'file', 核: 'ask_verification', 核实: 'ask_verification', 转核实: 'ask_verification',
  查: 'ask_check', 核查: 'ask_check', 并: 'merge', 并案: 'merge', 撤: 'recall', 撤回: 'recall', 催: 'urge', 催办: 'urge', 督: 'supervise', 督办: 'supervise', 接: 'take', 接办: 'take', 拒: 'reject',
  dispatch: 'dispatch', send: 'dispatch', close: 'close', arrive: 'arrive', file: 'file', verify: 'ask_verification', check: 'ask_check', merge: 'merge', recall: 'recall', urge: 'urge', supervise: 'supervise', take: 'take', reject: 'reject',
}
/** The longest first, so that 派遣 is not read as 派 of somebody called 遣. */
const GLUED = Object.keys(VERBS).filter((verb) => /^\p{Script=Han}/u.test(verb)).sort((a, b) => b.length - a.length)

export const VERB_WORDS: readonly { word: string; verb: Verb }[] = [
  { word: '派', verb: 'dispatch' }, { word: '到', verb: 'arrive' }, { word: '结', verb: 'close' }, { word: '立', verb: 'file' }, { word: '核', verb: 'ask_verification' },
  { word: '查', verb: 'ask_check' }, { word: '并', verb: 'merge' }, { word: '接', verb: 'take' }, { word: '撤', verb: 'recall' }, { word: '催', verb: 'urge' }, { word: '督', verb: 'supervise' },
]

export type Command =
  | { kind: 'empty' }
  | { kind: 'move'; verb: Verb; numbers: string[]; words: string[] }
  | { kind: 'number'; number: string }
  | { kind: 'phone'; phone: string }
  | { kind: 'text'; text: string }

/** A whole number (`20261122-000342`), or its last digits as they are read out: four or more. */
const NUMBER = /^(?:\d{8}-\d{3,8}|\d{4,8})$/
const MOBILE = /^(?:\+?86)?1[3-9]\d{9}$/
const LANDLINE = /^0\d{2,3}-?\d{7,8}$/

/** Full-width digits, hyphens and spaces, as Chinese input methods write them, are the same as the plain ones. */
export function plain(text: string): string {
  return text.normalize('NFKC').replace(/[‐-―－]/g, '-').trim().replace(/\s+/g, ' ')
}

export const isNumber = (word: string): boolean => NUMBER.test(word) && !MOBILE.test(word)
export const isPhone = (word: string): boolean => MOBILE.test(word.replace(/[ -]/g, '')) || LANDLINE.test(word)

export function parseCommand(typed: string): Command {
  const text = plain(typed)
  if (text === '') return { kind: 'empty' }
  if (isPhone(text)) return { kind: 'phone', phone: text.replace(/[ -]/g, '') }
  if (isNumber(text)) return { kind: 'number', number: text }
  const words = text.split(' ')
  const verb = verbOf(words)
  if (verb === null) return { kind: 'text', text }
  const rest = verb.rest.filter((word) => word !== '')
  const numbers = rest.filter(isNumber)
  // A verb alone may be the beginning of an address; with a number or a name after it, it is meant.
  if (rest.length === 0 && verb.glued) return { kind: 'text', text }
  return { kind: 'move', verb: verb.verb, numbers, words: rest.filter((word) => !isNumber(word)) }
}

/** The verb stands first (`结 0342`, `结0342`), or after the number (`0342 结`). */
function verbOf(words: readonly string[]): { verb: Verb; rest: string[]; glued: boolean } | null {
  const [first = '', second = ''] = words
  const whole = VERBS[first.toLowerCase()]
  if (whole !== undefined) return { verb: whole, rest: words.slice(1), glued: false }
  if (isNumber(first) && VERBS[second.toLowerCase()] !== undefined) return { verb: VERBS[second.toLowerCase()]!, rest: [first, ...words.slice(2)], glued: false }
  const start = GLUED.find((verb) => first.startsWith(verb) && isNumber(first.slice(verb.length)))
  return start === undefined ? null : { verb: VERBS[start]!, rest: [first.slice(start.length), ...words.slice(1)], glued: true }
}

/** Whether a number that was typed means this case: the whole of it, or the end of it. */
export function meansNumber(typed: string, number: string | null): boolean {
  if (number === null) return false
  return number === typed || (number.split('-').at(-1) ?? number).endsWith(typed.padStart(4, '0'))
}

/** The first letters of the pinyin of a name, as `wgy07` for 网格员07. */
const EDGES = '阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨他穵夕丫帀'
const LETTERS = 'abcdefghjklmnopqrstwxyz'
const collator = new Intl.Collator('zh-CN-u-co-pinyin')

export function initials(name: string): string {
  let letters = ''
  for (const letter of plain(name).toLowerCase()) {
    if (!/\p{Script=Han}/u.test(letter)) {
      if (/[a-z0-9]/.test(letter)) letters += letter
      continue
    }
    let at = LETTERS.length - 1
    while (at > 0 && collator.compare(letter, EDGES[at]!) < 0) at--
    letters += LETTERS[at]!
  }
  return letters
}

/** Whether somebody who typed `typed` may mean this name: a part of it, or of its initials. Names begin with their district's, which nobody types. */
export function meansName(typed: string, name: string): boolean {
  const wanted = plain(typed).toLowerCase()
  if (wanted === '') return false
  return name.toLowerCase().includes(wanted) || (/^[a-z][a-z0-9]*$/.test(wanted) && initials(name).includes(wanted))
}
