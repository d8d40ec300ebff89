/** A point on the globe, in degrees; north and east are positive. */
export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

/**
 * Cities with exchanges, trading floors or cloud regions. Coordinates of the city centres are facts that any atlas
 * has; these are rounded to a hundredth of a degree, about a kilometre, and agree with GeoNames (CC BY 4.0). Data
 * centres may lie some tens of kilometres away: Mahwah, Carteret and Secaucus from New York, Aurora from Chicago,
 * Slough and Basildon from London.
 */
const TABLE: Readonly<Record<string, readonly [latitude: number, longitude: number]>> = {
  amsterdam: [52.37, 4.89],
  ashburn: [39.04, -77.49],
  athens: [37.98, 23.73],
  aurora: [41.76, -88.32],
  bangkok: [13.75, 100.52],
  basildon: [51.57, 0.46],
  beijing: [39.91, 116.4],
  boston: [42.36, -71.06],
  brussels: [50.85, 4.35],
  buenosAires: [-34.61, -58.38],
  capeTown: [-33.93, 18.42],
  carteret: [40.58, -74.23],
  chicago: [41.88, -87.63],
  columbus: [39.96, -83],
  copenhagen: [55.68, 12.57],
  dallas: [32.78, -96.8],
  dubai: [25.2, 55.27],
  dublin: [53.35, -6.26],
  frankfurt: [50.11, 8.68],
  geneva: [46.2, 6.15],
  helsinki: [60.17, 24.94],
  hongKong: [22.28, 114.16],
  istanbul: [41.01, 28.98],
  jakarta: [-6.21, 106.85],
  johannesburg: [-26.2, 28.05],
  lagos: [6.45, 3.39],
  london: [51.51, -0.13],
  losAngeles: [34.05, -118.24],
  luxembourg: [49.61, 6.13],
  madrid: [40.42, -3.7],
  mahwah: [41.09, -74.14],
  melbourne: [-37.81, 144.96],
  mexicoCity: [19.43, -99.13],
  miami: [25.77, -80.19],
  milan: [45.46, 9.19],
  montreal: [45.51, -73.59],
  mumbai: [19.07, 72.88],
  newYork: [40.71, -74.01],
  osaka: [34.69, 135.5],
  oslo: [59.91, 10.75],
  paris: [48.85, 2.35],
  portland: [45.52, -122.68],
  riyadh: [24.69, 46.72],
  sanFrancisco: [37.77, -122.42],
  santiago: [-33.46, -70.65],
  saoPaulo: [-23.55, -46.64],
  seattle: [47.61, -122.33],
  secaucus: [40.79, -74.06],
  seoul: [37.57, 126.98],
  shanghai: [31.22, 121.46],
  shenzhen: [22.55, 114.07],
  singapore: [1.29, 103.85],
  slough: [51.51, -0.59],
  stockholm: [59.33, 18.07],
  sydney: [-33.87, 151.21],
  taipei: [25.05, 121.53],
  telAviv: [32.08, 34.78],
  tokyo: [35.69, 139.69],
  toronto: [43.7, -79.42],
  vienna: [48.21, 16.37],
  warsaw: [52.23, 21.01],
  zug: [47.17, 8.52],
  zurich: [47.37, 8.55],
};

export const CITIES: ReadonlyMap<string, Coordinates> = new Map(
  Object.entries(TABLE).map(([name, [latitude, longitude]]) => [name, { latitude, longitude }]),
);
