/** Everything a request can go wrong with, in the words of the API's problem details. */
export interface FieldError { field: string; code: string; message: string }

export interface Problem {
  type?: string
  title?: string
  status?: number
  detail?: string
  code?: string
  errors?: FieldError[]
  [extra: string]: unknown
}

export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly errors: FieldError[]
  /** What the problem says beyond the standard members, as `current_version` or `by` and `at`. */
  readonly extra: Record<string, unknown>

  constructor(status: number, problem: Problem = {}) {
    const { type: _type, title, status: _status, detail, code, errors, ...extra } = problem
    super(detail ?? title ?? code ?? `HTTP ${status}`)
    this.name = 'ApiError'
    this.status = status
    this.code = code ?? codeOfStatus(status)
    this.detail = detail ?? ''
    this.errors = errors ?? []
    this.extra = extra
  }
}

/** A name for answers that did not come from the platform itself, as a proxy's own error page. */
function codeOfStatus(status: number): string {
  if (status === 0) return 'network'
  if (status === 413) return 'file_too_large'
  if (status === 404) return 'not_found'
  if (status === 403) return 'forbidden'
  if (status === 401) return 'not_signed_in'
  return status >= 500 ? 'server_error' : 'unknown'
}

export async function errorOf(response: Response): Promise<ApiError> {
  const kind = response.headers.get('Content-Type') ?? ''
  if (!kind.includes('json')) return new ApiError(response.status)
  try {
    return new ApiError(response.status, (await response.json()) as Problem)
  } catch {
    return new ApiError(response.status)
  }
}
