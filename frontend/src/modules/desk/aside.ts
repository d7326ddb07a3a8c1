export const asideTabs = ['forces', 'progress', 'linked', 'limits'] as const
export type AsideTab = (typeof asideTabs)[number]
