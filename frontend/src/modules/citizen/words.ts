/**
 * The citizens' page speaks without the desks' i18n library: it must stay small. Same keys, same two languages, same
 * place where the choice is kept.
 */
import { ref } from 'vue'
import type { Messages } from '@/shared/i18n/collect'
import messages from './messages'

export type Language = 'zh-CN' | 'en'
/** Each language by its own name, for who does not read the other. */
export const OTHER: Record<Language, { language: Language; name: string }> = {
  'zh-CN': { language: 'en', name: 'English' },
  en: { language: 'zh-CN', name: '中文' },
}
const STORED_AS = 'yiwang.language'

function first(): Language {
  const asked = new URLSearchParams(location.search).get('lang')
  if (asked) return asked.startsWith('en') ? 'en' : 'zh-CN'
  try {
    const stored = localStorage.getItem(STORED_AS)
    if (stored) return stored === 'en' ? 'en' : 'zh-CN'
  } catch {
    // Without storage the browser's own language decides.
  }
  return navigator.language?.startsWith('en') ? 'en' : 'zh-CN'
}

export const language = ref<Language>(first())

export function speak(next: Language): void {
  language.value = next
  document.documentElement.lang = next
  try {
    localStorage.setItem(STORED_AS, next)
  } catch {
    // A browser without storage still changes the language, for this page.
  }
}

/** `what.text` → the text, with {names} filled in. A key that is not there shows itself. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  let found: string | Messages | undefined = language.value === 'en' ? messages.en : messages.zh
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined
  if (typeof found !== 'string') return key
  return found.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
