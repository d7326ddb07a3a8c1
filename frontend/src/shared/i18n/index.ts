import { createI18n } from 'vue-i18n'
import { collectMessages } from './collect'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
const STORED_AS = 'yiwang.language'

export function storedLanguage(): Language {
  try {
    const stored = localStorage.getItem(STORED_AS)
    return stored === 'en' ? 'en' : 'zh-CN'
  } catch {
    return 'zh-CN'
  }
}

export const i18n = createI18n({
  legacy: false,
  locale: storedLanguage(),
  fallbackLocale: 'zh-CN',
  messages: collectMessages(),
})

export const currentLanguage = (): Language => i18n.global.locale.value as Language

/** Shows the page in another language and remembers it on this machine. */
export function switchLanguage(language: Language): void {
  i18n.global.locale.value = language
  document.documentElement.lang = language
  try {
    localStorage.setItem(STORED_AS, language)
  } catch {
    // A browser without storage still changes the language, for this page.
  }
}
