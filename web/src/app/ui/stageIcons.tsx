import { icon } from './icons';

/** The icons of the stage and its panels. */
export const PinIcon = icon(<path d="M9 4h6l-.8 6 3.300 3.500v1.500h-11v-1.500L9.800 10zM12 15v5.500" />);
export const AutoViewIcon = icon(<>
    <rect x="3.500" y="5" width="17" height="14" rx="2.500" />
    <path d="M8.500 15.500l3.500-7.500 3.500 7.500M9.900 12.900h4.200" />
</>);
export const GridIcon = icon(<>
    <rect x="3.500" y="4.500" width="7.500" height="6.500" rx="1.500" /><rect x="13" y="4.500" width="7.500" height="6.500" rx="1.500" />
    <rect x="3.500" y="13" width="7.500" height="6.500" rx="1.500" /><rect x="13" y="13" width="7.500" height="6.500" rx="1.500" />
</>);
export const SpeakerViewIcon = icon(<>
    <rect x="3.500" y="4.500" width="17" height="9.500" rx="2" />
    <path d="M4.500 17.500h3.500M10.300 17.500h3.500M16 17.500h3.500" />
</>);
export const HideSelfIcon = icon(<>
    <circle cx="12" cy="8.500" r="3.800" />
    <path d="M5 20c.5-3.700 3.300-5.800 7-5.800 1.300 0 2.500.3 3.500.8M4 4l16 16" />
</>);
export const FullScreenIcon = icon(<path d="M9 4H6.500A2.500 2.500 0 0 0 4 6.500V9M15 4h2.500A2.500 2.500 0 0 1 20 6.500V9M9 20H6.500A2.500 2.500 0 0 1 4 17.500V15M15 20h2.500a2.500 2.500 0 0 0 2.500-2.500V15" />);
export const PictureInPictureIcon = icon(<>
    <rect x="3" y="4.500" width="18" height="15" rx="2.500" />
    <rect x="12" y="11.500" width="6.500" height="5" rx="1" fill="currentColor" />
</>);
export const ChartIcon = icon(<path d="M4 19.500h16M6.500 16v-4M11 16V5.500M15.500 16V9M19.500 16v-2" />);
export const PreviousIcon = icon(<path d="M14.500 6l-6 6 6 6" />);
export const NextIcon = icon(<path d="M9.500 6l6 6-6 6" />);
export const DownloadIcon = icon(<path d="M12 4v11M7.500 11l4.500 4.500 4.500-4.500M4.500 19.500h15" />);
/** A connection that is not well. */
export const BadSignalIcon = icon(<path d="M4.500 19v-3M9.500 19v-6.500M14.500 19v-2M19.500 19v-1M16 4.500v5M16 12.300v.01" />);
