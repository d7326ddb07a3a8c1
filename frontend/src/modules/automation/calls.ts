/** Every call about what may happen without a person. */
import { body, client } from '@/api/client'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type AutomationList = Schemas['AutomationList']
export type Automation = Schemas['AutomationShape']
export type Figure = Schemas['FigureShape']
export type Preview = Schemas['AutomationPreview']
export type Limits = Omit<Schemas['AutomationInput'], 'version'>

const path = (item: Pick<Automation, 'source' | 'rule'>): { source: string; rule: string } => ({ source: item.source, rule: item.rule })

export const fetchAutomation = (): Promise<AutomationList> => body(client.GET('/api/v1/automation'))
export const writeAutomation = (item: Automation, limits: Limits): Promise<Automation> =>
  body(client.PUT('/api/v1/automation/{source}/{rule}', { params: { path: path(item) }, body: { ...limits, version: item.version } }))
export const switchAutomation = (item: Automation, on: boolean): Promise<Automation> =>
  body(client.POST('/api/v1/automation/{source}/{rule}/switch', { params: { path: path(item) }, body: { version: item.version, on } }))
export const rehearse = (item: Automation, limits: Limits, days: number): Promise<Preview> => {
  const { min_precision, min_sample, window_days, audit_percent } = limits
  return body(client.GET('/api/v1/automation/{source}/{rule}/preview', { params: { path: path(item), query: { days, min_precision, min_sample, window_days, audit_percent } } }))
}
