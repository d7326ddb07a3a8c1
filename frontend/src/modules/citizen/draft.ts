/** What somebody wrote and has not sent: kept on this device, photos too, until it is sent or thrown away. */
export interface Draft {
  description: string
  kind: string
  address: string
  point: { lng: number; lat: number; accuracy: number | null } | null
  name: string
  phone: string
}

const TEXT = 'yiwang.citizen.draft'
const DATABASE = 'yiwang-citizen'
const STORE = 'photos'

export const emptyDraft = (): Draft => ({ description: '', kind: '', address: '', point: null, name: '', phone: '' })

export const isEmpty = (draft: Draft): boolean => !draft.description.trim() && !draft.address.trim() && draft.point === null && !draft.name && !draft.phone

export function readDraft(): Draft | null {
  try {
    const kept = localStorage.getItem(TEXT)
    return kept === null ? null : { ...emptyDraft(), ...(JSON.parse(kept) as Partial<Draft>) }
  } catch {
    return null
  }
}

export function keepDraft(draft: Draft): void {
  try {
    if (isEmpty(draft)) localStorage.removeItem(TEXT)
    else localStorage.setItem(TEXT, JSON.stringify(draft))
  } catch {
    // A full or forbidden storage loses the draft, not the form.
  }
}

function photos<T>(mode: IDBTransactionMode, use: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE)
    opening.onerror = () => reject(opening.error ?? new Error('no storage'))
    opening.onsuccess = () => {
      const asked = use(opening.result.transaction(STORE, mode).objectStore(STORE))
      asked.onsuccess = () => {
        opening.result.close()
        resolve(asked.result)
      }
      asked.onerror = () => reject(asked.error ?? new Error('no storage'))
    }
  })
}

export const keepPhoto = async (key: string, file: Blob): Promise<void> => {
  await photos('readwrite', (store) => store.put(file, key)).catch(() => undefined)
}

export const dropPhoto = async (key: string): Promise<void> => {
  await photos('readwrite', (store) => store.delete(key)).catch(() => undefined)
}

/** The photos of the draft; none where the browser keeps nothing. */
export async function keptPhotos(): Promise<{ key: string; file: Blob }[]> {
  try {
    const keys = await photos('readonly', (store) => store.getAllKeys())
    const files = await photos('readonly', (store) => store.getAll() as IDBRequest<Blob[]>)
    return keys.map((key, i) => ({ key: String(key), file: files[i]! }))
  } catch {
    return []
  }
}

export async function dropDraft(): Promise<void> {
  try {
    localStorage.removeItem(TEXT)
  } catch {
    // Nothing was kept then.
  }
  await photos('readwrite', (store) => store.clear()).catch(() => undefined)
}
