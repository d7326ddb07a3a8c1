/** Opens the phone's own map at a place (RFC 5870): a link of the system, no request leaves for another host. */
export const mapLink = (place: { lng: number; lat: number; title: string }): string =>
  `geo:${place.lat},${place.lng}?q=${place.lat},${place.lng}(${encodeURIComponent(place.title)})`
