/** Every call of the catalogue's page. */
import { body, client } from '@/api/client'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type CatalogueRow = Schemas['CatalogueRow']
export type CatalogueList = Schemas['CatalogueList']
export type MainClass = Schemas['MainClassShape']
export type CatalogueType = Schemas['CatalogueType']
export type CatalogueVersion = Schemas['CatalogueVersion']
export type Change = Schemas['CatalogueChange']
export type ImportPreview = Schemas['ImportPreview']
export type ImportCounts = Schemas['ImportCounts']
export type Category = CatalogueRow['category']
export type Measure = Schemas['CatalogueCondition']['limit_type']
export type TypeContent = Omit<Schemas['CatalogueChangeInput'], 'version'>

const path = (code: string) => ({ params: { path: { code } } })

export const fetchCatalogue = (): Promise<CatalogueList> => body(client.GET('/api/v1/catalogue/types'))
export const fetchType = (code: string): Promise<CatalogueType> => body(client.GET('/api/v1/catalogue/types/{code}', path(code)))
export const createType = (code: string, content: TypeContent): Promise<CatalogueType> =>
  body(client.POST('/api/v1/catalogue/types', { body: { ...content, code } }))
export const changeType = (code: string, version: number, content: TypeContent): Promise<CatalogueType> =>
  body(client.PUT('/api/v1/catalogue/types/{code}', { ...path(code), body: { ...content, version } }))
export const retireType = (code: string, version: number, reason: string): Promise<CatalogueType> =>
  body(client.POST('/api/v1/catalogue/types/{code}/retire', { ...path(code), body: { version, reason } }))
export const restoreType = (code: string, version: number, note: string): Promise<CatalogueType> =>
  body(client.POST('/api/v1/catalogue/types/{code}/restore', { ...path(code), body: { version, note } }))

export const createMainClass = (body_: Schemas['MainClassInput']): Promise<CatalogueList> => body(client.POST('/api/v1/catalogue/main-classes', { body: body_ }))
const ofClass = (row: MainClass) => ({ params: { path: { category: row.category, code: row.code } } })
export const renameMainClass = (row: MainClass, name: string, note: string): Promise<CatalogueList> =>
  body(client.PUT('/api/v1/catalogue/main-classes/{category}/{code}', { ...ofClass(row), body: { version: row.version, name, note } }))
export const retireMainClass = (row: MainClass, reason: string): Promise<CatalogueList> =>
  body(client.POST('/api/v1/catalogue/main-classes/{category}/{code}/retire', { ...ofClass(row), body: { version: row.version, reason } }))
export const restoreMainClass = (row: MainClass, note: string): Promise<CatalogueList> =>
  body(client.POST('/api/v1/catalogue/main-classes/{category}/{code}/restore', { ...ofClass(row), body: { version: row.version, note } }))

export const fetchWorkbook = (): Promise<Blob> => body(client.GET('/api/v1/catalogue/export.xlsx', { parseAs: 'blob' }))

function formOf(file: File, more: Record<string, string>): FormData {
  const form = new FormData()
  form.append('file', file, file.name)
  for (const [name, value] of Object.entries(more)) form.append(name, value)
  return form
}
export const previewImport = (file: File, retireMissing: boolean): Promise<ImportPreview> =>
  body(client.POST('/api/v1/catalogue/import/preview', {
    body: { file: '', retire_missing: retireMissing }, bodySerializer: () => formOf(file, { retire_missing: String(retireMissing) }),
  }))
export const applyImport = (file: File, retireMissing: boolean, fingerprint: string, note: string): Promise<{ counts: ImportCounts }> =>
  body(client.POST('/api/v1/catalogue/import/apply', {
    body: { file: '', retire_missing: retireMissing, fingerprint, note }, bodySerializer: () => formOf(file, { retire_missing: String(retireMissing), fingerprint, note }),
  }))
