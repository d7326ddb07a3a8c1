/** Where a message leads: the page on which this person deals with its subject; null where there is none. */
export interface Subject { subject_kind: string; subject_id: number }
export type Opens = (path: string) => boolean

/** `opens` says whether the person may open a page. */
export function wayTo(message: Subject, opens: Opens): string | null {
  const { subject_kind: kind, subject_id: id } = message
  const ways: Record<string, string[]> = {
    event: [`/desk?item=event:${id}`],
    order: [`/tickets?ticket=${id}`, '/tickets'],
    alert: [`/desk?item=alert:${id}`],
    request: ['/desk', '/tickets'],
    task: [`/m/tasks/${id}`],
    held_report: ['/intake'],
    automation: ['/admin/routing?tab=automation'],
  }
  return ways[kind]?.find(opens) ?? null
}
