/** Unless STATUSPAGE_API_URL names another. */
export const statuspageUrl = 'https://api.statuspage.io/v1';
