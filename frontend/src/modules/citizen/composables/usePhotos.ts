/** The photos of a report: made smaller, kept with the draft, and sent one by one when there is a network. */
import { computed, onScopeDispose, ref } from 'vue'
import { ApiError } from '@/api/errors'
import { refusalOf, shrinkPhoto } from '@/modules/casework/photo'
import { uploadPhoto } from '../api'
import { dropPhoto, keepPhoto, keptPhotos } from '../draft'

/** The server takes a token for two hours; one that is nearly over is not relied on. */
const TOKEN_MS = 100 * 60_000
export const MOST_PHOTOS = 6

export interface Photo { key: string; file: Blob; preview: string; state: 'waiting' | 'sending' | 'sent' | 'failed'; token: string; sentAt: number }

export function usePhotos() {
  const photos = ref<Photo[]>([])
  const refused = ref<'photo' | 'file_too_large' | null>(null)
  const room = computed(() => MOST_PHOTOS - photos.value.length)
  const busy = computed(() => photos.value.some((photo) => photo.state === 'sending'))

  function put(key: string, file: Blob): Photo {
    photos.value.push({ key, file, preview: URL.createObjectURL(file), state: 'waiting', token: '', sentAt: 0 })
    return photos.value.at(-1)!
  }

  async function send(photo: Photo): Promise<void> {
    photo.state = 'sending'
    try {
      photo.token = await uploadPhoto(photo.file)
      photo.sentAt = Date.now()
      photo.state = 'sent'
    } catch (error) {
      // Without a network it simply waits; what the server refuses is shown.
      photo.state = error instanceof ApiError && error.status === 0 ? 'waiting' : 'failed'
    }
  }

  async function add(files: Iterable<File>): Promise<void> {
    refused.value = null
    for (const file of files) {
      if (room.value <= 0) return
      const why = refusalOf(file)
      if (why !== null) {
        refused.value = why === 'file_too_large' ? why : 'photo'
        continue
      }
      // Drawn anew: smaller for a mobile network, and without what the camera wrote into it. The server does it again.
      const small = await shrinkPhoto(file, '').catch(() => file)
      const photo = put(`${Date.now()}-${photos.value.length}`, small)
      void keepPhoto(photo.key, small)
      void send(photo)
    }
  }

  function remove(photo: Photo): void {
    URL.revokeObjectURL(photo.preview)
    photos.value = photos.value.filter((one) => one.key !== photo.key)
    void dropPhoto(photo.key)
  }

  async function restore(): Promise<number> {
    const kept = await keptPhotos()
    kept.forEach(({ key, file }) => void send(put(key, file)))
    return kept.length
  }

  /** The tokens of all photos, after those without a good one were sent once more; null where one does not go. */
  async function tokens(): Promise<string[] | null> {
    for (const photo of photos.value) if (photo.state !== 'sent' || Date.now() - photo.sentAt > TOKEN_MS) await send(photo)
    return photos.value.every((photo) => photo.state === 'sent') ? photos.value.map((photo) => photo.token) : null
  }

  function clear(): void {
    photos.value.forEach((photo) => URL.revokeObjectURL(photo.preview))
    photos.value = []
  }

  onScopeDispose(clear)
  return { photos, refused, room, busy, add, remove, send, restore, tokens, clear }
}
