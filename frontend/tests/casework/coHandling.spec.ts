import { expect, test } from 'vitest'
import { routedCoUnits } from '@/modules/casework/coHandling'

test('who a rule asks to help is proposed beside the lead, and holds nothing up', () => {
  const routing = { co_units: [{ id: 2, name: '公安分局' }, { id: 3, name: '交通局' }] }
  expect(routedCoUnits(routing, 3)).toEqual([{ unit_id: 2, mandatory: false }])
  expect(routedCoUnits(null, 3)).toEqual([])
})
