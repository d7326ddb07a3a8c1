import en from './messages/en'
import zh from './messages/zh'

export interface Messages { [key: string]: string | Messages }
export interface ModuleMessages { zh: Messages; en: Messages }

/** Each module keeps its own words in `messages.ts`, under its own name. */
const modules = import.meta.glob<{ default: ModuleMessages }>('../../modules/*/messages.ts', { eager: true })

export function collectMessages(): { 'zh-CN': Messages; en: Messages } {
  const all: { 'zh-CN': Messages; en: Messages } = { 'zh-CN': { ...zh }, en: { ...en } }
  for (const [path, module] of Object.entries(modules)) {
    const name = path.split('/').at(-2)!
    all['zh-CN'][name] = module.default.zh
    all.en[name] = module.default.en
  }
  return all
}
