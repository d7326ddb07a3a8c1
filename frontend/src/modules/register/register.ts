/** A register of things in the city, by the name under which its words are kept. */
export type Register = 'components' | 'sensors'
