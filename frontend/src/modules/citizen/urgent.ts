/** Words after which somebody should call for help before writing on. */
export interface UrgentWords { number: string; words: string[] }

/** The numbers to call for this text, in the order of the lists. */
export function numbersToCall(text: string, lists: readonly UrgentWords[]): string[] {
  const said = text.toLowerCase()
  return lists.filter(({ words }) => words.some((word) => said.includes(word.toLowerCase()))).map(({ number }) => number)
}
