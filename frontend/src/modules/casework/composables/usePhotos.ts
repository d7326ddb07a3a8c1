import { computed, onScopeDispose, ref } from 'vue'
import { ApiError } from '@/api/errors'
import { newIdempotencyKey } from '@/api/transport'
import { refusalOf } from '../photo'
import { sendPhoto } from '../upload'

export interface Photo {
  key: string
  name: string
  file: Blob
  preview: string
  state: 'sending' | 'sent' | 'failed'
  share: number
  id: number | null
  error: ApiError | null
}

/** The photos of one form: each is sent as soon as it is chosen, and one that fails costs neither the others nor the text. */
export function usePhotos(max: number) {
  const photos = ref<Photo[]>([])
  const ids = computed(() => photos.value.map((photo) => photo.id).filter((id): id is number => id !== null))
  const sending = computed(() => photos.value.some((photo) => photo.state === 'sending'))
  const room = computed(() => max - photos.value.length)

  async function send(photo: Photo): Promise<void> {
    photo.state = 'sending'
    photo.error = null
    try {
      const sent = await sendPhoto({ file: photo.file, name: photo.name, idempotencyKey: photo.key, onProgress: (share) => (photo.share = share) })
      photo.id = sent.id
      photo.state = 'sent'
    } catch (error) {
      photo.error = error instanceof ApiError ? error : new ApiError(0)
      photo.state = 'failed'
    }
  }

  function add(files: Iterable<File>): void {
    for (const file of files) {
      if (room.value <= 0) return
      const refusal = refusalOf(file)
      photos.value.push({
        key: newIdempotencyKey(), name: file.name, file, preview: refusal === null ? URL.createObjectURL(file) : '', state: refusal === null ? 'sending' : 'failed',
        share: 0, id: null, error: refusal === null ? null : new ApiError(0, { code: refusal }),
      })
      // Sent through the reactive copy, so that its progress is seen.
      const photo = photos.value.at(-1)!
      if (refusal === null) void send(photo)
    }
  }

  function remove(photo: Photo): void {
    if (photo.preview !== '') URL.revokeObjectURL(photo.preview)
    photos.value = photos.value.filter((one) => one.key !== photo.key)
  }

  onScopeDispose(() => photos.value.forEach((photo) => photo.preview !== '' && URL.revokeObjectURL(photo.preview)))

  return { photos, ids, sending, room, add, remove, send }
}
