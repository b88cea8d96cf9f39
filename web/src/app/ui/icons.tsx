import type { ReactNode } from 'react';

/** One family: 24 px grid, 1.75 px round strokes, the colour of the text around it. Decorative; the label is the button's. */
export function icon(shape: ReactNode) {
    return function Icon({ size = 22 }: { readonly size?: number }) {
        return (
            <svg className="icon" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor"
                strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
                {shape}
            </svg>
        );
    };
}

const SLASH = <path d="M4 4l16 16" />;

export const MicIcon = icon(<>
    <rect x="9" y="3" width="6" height="11" rx="3" />
    <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3M9 21h6" />
</>);
export const MicOffIcon = icon(<>
    <path d="M15 10.5V6a3 3 0 0 0-5.8-1M9 9v2a3 3 0 0 0 4.6 2.5" />
    <path d="M5.5 11.5a6.5 6.5 0 0 0 10.3 5.3M18.5 11.5a6.5 6.5 0 0 1-.6 2.7M12 18v3M9 21h6" />
    {SLASH}
</>);
export const CameraIcon = icon(<>
    <rect x="3" y="6.5" width="12.5" height="11" rx="3" />
    <path d="M15.5 10.8l4-2.3a1 1 0 0 1 1.5.9v5.2a1 1 0 0 1-1.5.9l-4-2.3" />
</>);
export const CameraOffIcon = icon(<>
    <path d="M10 6.5h2.5a3 3 0 0 1 3 3v2M15.5 15v-.5M14.8 16.5a3 3 0 0 1-2.3 1H6a3 3 0 0 1-3-3v-5a3 3 0 0 1 2.5-3" />
    <path d="M15.5 10.8l4-2.3a1 1 0 0 1 1.5.9v5.2a1 1 0 0 1-1.5.9l-1-.6" />
    {SLASH}
</>);
export const BlurIcon = icon(<>
    <circle cx="12" cy="9" r="3.5" />
    <path d="M5.5 20a6.5 6.5 0 0 1 13 0M3.5 4.5h.01M7 3.5h.01M3.5 9h.01M5 13h.01M20.5 4.5h.01M17 3.5h.01M20.5 9h.01M19 13h.01" />
</>);
export const ScreenIcon = icon(<>
    <rect x="3" y="4" width="18" height="13" rx="2.5" />
    <path d="M12 13.5v-6M9.3 9.9L12 7.2l2.7 2.7M8.5 20.5h7" />
</>);
export const ScreenStopIcon = icon(<>
    <rect x="3" y="4" width="18" height="13" rx="2.5" />
    <path d="M9.7 8.2l4.6 4.6M14.3 8.2l-4.6 4.6M8.5 20.5h7" />
</>);
export const ChatIcon = icon(<>
    <path d="M20.5 11.5a7.5 7.5 0 0 1-10.9 6.7L4 20l1.7-4.6A7.5 7.5 0 1 1 20.5 11.5z" />
    <path d="M9.5 10h7M9.5 13.3h4.5" />
</>);
export const PeopleIcon = icon(<>
    <circle cx="9" cy="8" r="3.5" />
    <path d="M2.8 19.5c.4-3.4 2.9-5.5 6.2-5.5s5.8 2.1 6.2 5.5M15.8 4.8a3.5 3.5 0 0 1 0 6.4M18 14.6c1.8.8 3 2.5 3.3 4.9" />
</>);
export const LinkIcon = icon(<>
    <path d="M10 14a4.2 4.2 0 0 0 6 0l3.3-3.3a4.24 4.24 0 0 0-6-6L12 6" />
    <path d="M14 10a4.2 4.2 0 0 0-6 0l-3.3 3.3a4.24 4.24 0 0 0 6 6L12 18" />
</>);
export const CopyIcon = icon(<>
    <rect x="8.5" y="8.5" width="12" height="12" rx="2.5" />
    <path d="M15.5 8.5V6A2.5 2.5 0 0 0 13 3.5H6A2.5 2.5 0 0 0 3.5 6v7A2.5 2.5 0 0 0 6 15.5h2.5" />
</>);
export const CheckIcon = icon(<path d="M4.5 12.5l5 5 10-11" />);
export const LeaveIcon = icon(<>
    <path d="M13.5 4H7a2.5 2.5 0 0 0-2.5 2.5v11A2.5 2.5 0 0 0 7 20h6.5" />
    <path d="M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5" />
</>);
export const CloseIcon = icon(<path d="M6 6l12 12M18 6L6 18" />);
export const SendIcon = icon(<path d="M12 19.5V5M5.5 11.5L12 5l6.5 6.5" />);
export const SoundIcon = icon(<>
    <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4z" />
    <path d="M15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11" />
</>);
export const SoundOffIcon = icon(<>
    <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4z" />
    <path d="M16 9.8l4.5 4.5M20.5 9.8L16 14.3" />
</>);
export const WarningIcon = icon(<>
    <path d="M10.3 4.5l-7 12.2A2 2 0 0 0 5 19.7h14a2 2 0 0 0 1.7-3l-7-12.2a2 2 0 0 0-3.4 0z" />
    <path d="M12 9.5v4M12 16.6v.01" />
</>);
export const PlusIcon = icon(<path d="M12 5v14M5 12h14" />);
export const ArrowIcon = icon(<path d="M5 12h14M13.5 6.5L19 12l-5.5 5.5" />);
export const RejoinIcon = icon(<>
    <path d="M4.5 12a7.5 7.5 0 1 0 2.4-5.5L4.5 8.7" />
    <path d="M4.5 4v4.7h4.7" />
</>);
export const MoreIcon = icon(<path d="M5.5 12h.01M12 12h.01M18.5 12h.01" strokeWidth="2.6" />);
export const SettingsIcon = icon(<>
    <path d="M4 7h8M18.5 7H20M4 17h1.5M12 17h8" />
    <circle cx="15.2" cy="7" r="2.8" /><circle cx="8.8" cy="17" r="2.8" />
</>);
export const KeyboardIcon = icon(<>
    <rect x="2.5" y="6" width="19" height="12.5" rx="2.5" />
    <path d="M6.5 10h.01M10 10h.01M14 10h.01M17.5 10h.01M8 14.500h8" />
</>);
export const HandIcon = icon(<path d="M8 12.500V6a1.4 1.4 0 0 1 2.8 0v5V4.400a1.4 1.4 0 0 1 2.8 0V11V5.600a1.4 1.4 0 0 1 2.8 0V12l1.1-2.200a1.4 1.4 0 0 1 2.5 1.200l-2.6 6.500A5.6 5.6 0 0 1 12.2 21h-.8a5.6 5.6 0 0 1-4.4-2.100l-3-4a1.4 1.4 0 0 1 2.2-1.700z" />);
export const SmileIcon = icon(<>
    <circle cx="12" cy="12" r="8.8" />
    <path d="M8.3 14.300a4.3 4.3 0 0 0 7.4 0M9 9.700v.01M15 9.700v.01" />
</>);
export const FileIcon = icon(<>
    <path d="M13.5 3H7.500A2.5 2.5 0 0 0 5 5.500v13A2.5 2.5 0 0 0 7.5 21h9a2.5 2.5 0 0 0 2.5-2.500V8.500z" />
    <path d="M13.5 3v5.500H19" />
</>);
export const AttachIcon = icon(<path d="M19.5 11.300l-7.7 7.700a4.6 4.6 0 0 1-6.5-6.500l8-8a3.1 3.1 0 0 1 4.4 4.400l-7.9 7.900a1.5 1.5 0 0 1-2.2-2.200l7.2-7.2" />);
export const LockIcon = icon(<>
    <rect x="5" y="10.5" width="14" height="10" rx="2.5" />
    <path d="M8 10.500V7.500a4 4 0 0 1 8 0v3M12 14.500v2" />
</>);
export const StarIcon = icon(<path d="M12 4l2.5 5.1 5.5.8-4 3.9.9 5.6-4.9-2.6-4.9 2.6.9-5.6-4-3.9 5.5-.8z" />);
export const RemoveIcon = icon(<>
    <circle cx="9.5" cy="8" r="3.5" />
    <path d="M3.3 19.500c.4-3.4 2.9-5.5 6.2-5.5 1.5 0 2.8.4 3.9 1.200M16 14.500l5 5M21 14.500l-5 5" />
</>);
export const EndIcon = icon(<>
    <circle cx="12" cy="12" r="8.8" />
    <rect x="9" y="9" width="6" height="6" rx="1" />
</>);
export const DoorIcon = icon(<>
    <path d="M6 20.500V5.500A2.5 2.5 0 0 1 8.5 3h7A2.5 2.5 0 0 1 18 5.500v15M3.5 20.500h17M14.5 12v.01" />
</>);
export const HomeIcon = icon(<path d="M4 11l8-7 8 7M6 9.5V18a2 2 0 0 0 2 2h8a2 2 0 0 0 2-2V9.5M10 20v-5h4v5" />);
