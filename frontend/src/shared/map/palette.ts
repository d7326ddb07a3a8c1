/** The two looks of the map. Roads, water and buildings stay quiet so that alarms are the loudest thing on it. */
export interface Palette {
  ground: string; water: string; green: string; roadMajor: string; roadMinor: string; roadCase: string
  area: string; areaStrong: string; areaFill: string; building: string; buildingTop: string
  text: string; textSoft: string; halo: string; levels: Record<1 | 2 | 3 | 4, string>
}

export const DARK: Palette = {
  ground: '#071a30', water: '#0c3057', green: '#0d2e35', roadMajor: '#2b6aa6', roadMinor: '#163a61', roadCase: '#0a2038',
  area: '#2f7fc0', areaStrong: '#63c9f5', areaFill: '#1464ad', building: '#17518c', buildingTop: '#2f7fc6',
  text: '#e8f3ff', textSoft: '#a9c4e0', halo: '#04101f',
  levels: { 1: '#ff4d4f', 2: '#ff9a1f', 3: '#ffe04d', 4: '#5b9bff' },
}

export const LIGHT: Palette = {
  ground: '#f3f3f0', water: '#c3dbee', green: '#dbebd6', roadMajor: '#f6edb5', roadMinor: '#ffffff', roadCase: '#d5d8dc',
  area: '#4a86c5', areaStrong: '#1d5fb4', areaFill: '#1d5fb4', building: '#e0ddd8', buildingTop: '#d2cec8',
  text: '#26323f', textSoft: '#4f6d8d', halo: '#ffffff',
  levels: { 1: '#c8232c', 2: '#c05a00', 3: '#8a6d00', 4: '#2563c9' },
}
