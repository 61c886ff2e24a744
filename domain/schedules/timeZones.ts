/** Time zones that people choose from, by longitude: one or more for each offset and region. */
export const TIME_ZONES: readonly string[] = [
  ...['Pacific/Honolulu', 'America/Anchorage', 'America/Los_Angeles', 'America/Phoenix', 'America/Denver'],
  ...['America/Chicago', 'America/Mexico_City', 'America/New_York', 'America/Toronto', 'America/Bogota'],
  ...['America/Lima', 'America/Halifax', 'America/Santiago', 'America/Sao_Paulo', 'America/Buenos_Aires'],
  ...['Atlantic/Azores', 'UTC', 'Europe/London', 'Europe/Dublin', 'Europe/Lisbon', 'Africa/Lagos'],
  ...['Europe/Madrid', 'Europe/Paris', 'Europe/Brussels', 'Europe/Amsterdam', 'Europe/Berlin'],
  ...['Europe/Zurich', 'Europe/Vienna', 'Europe/Rome', 'Europe/Prague', 'Europe/Copenhagen', 'Europe/Oslo'],
  ...['Europe/Stockholm', 'Europe/Warsaw', 'Europe/Athens', 'Europe/Bucharest', 'Europe/Helsinki'],
  ...['Africa/Cairo', 'Africa/Johannesburg', 'Asia/Jerusalem', 'Africa/Nairobi', 'Europe/Istanbul'],
  ...['Asia/Riyadh', 'Asia/Dubai', 'Asia/Karachi', 'Asia/Kolkata', 'Asia/Dhaka', 'Asia/Bangkok'],
  ...['Asia/Singapore', 'Asia/Hong_Kong', 'Asia/Manila', 'Australia/Perth', 'Asia/Seoul', 'Asia/Tokyo'],
  ...['Australia/Adelaide', 'Australia/Brisbane', 'Australia/Sydney', 'Pacific/Auckland'],
];
