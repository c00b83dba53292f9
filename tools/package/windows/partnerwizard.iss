; Installer for Windows, made by Inno Setup 6:  iscc /DVersion=0.1.0 /DFrozen=..\..\..\dist\partnerwizard partnerwizard.iss
; Per user and without administrator rights by default; /ALLUSERS for the whole machine.
; Silent: partnerwizard-setup.exe /VERYSILENT /SUPPRESSMSGBOXES /NORESTART [/ALLUSERS] [/DIR="C:\..."] [/TASKS="desktop"]
; Uninstall silently: unins000.exe /VERYSILENT
; Not tried on Windows by the developers: see docs/deployment.md.

#ifndef Version
  #error Give the version: /DVersion=...
#endif
#ifndef Frozen
  #define Frozen "..\..\..\dist\partnerwizard"
#endif

[Setup]
AppId={{6D1F6B0C-3F0B-4B0E-9B34-2C1B9B7A5E11}
AppName=Partner Wizard
AppVersion={#Version}
AppVerName=Partner Wizard {#Version}
AppPublisher=Partner Wizard contributors
DefaultDirName={autopf}\Partner Wizard
DefaultGroupName=Partner Wizard
DisableProgramGroupPage=yes
LicenseFile=..\..\..\LICENSE
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
Compression=lzma2/max
SolidCompression=yes
OutputBaseFilename=partnerwizard-{#Version}-setup
SetupIconFile={#Frozen}\..\partnerwizard.ico
UninstallDisplayIcon={app}\partnerwizard-app.exe
ChangesAssociations=yes
CloseApplications=yes
#ifdef SignTool
SignTool={#SignTool}
SignedUninstaller=yes
#endif

[Tasks]
Name: desktop; Description: "Put a shortcut on the desktop"; Flags: unchecked
Name: association; Description: "Open .partnering files with Partner Wizard"

[Files]
Source: "{#Frozen}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{autoprograms}\Partner Wizard"; Filename: "{app}\partnerwizard-app.exe"
Name: "{autodesktop}\Partner Wizard"; Filename: "{app}\partnerwizard-app.exe"; Tasks: desktop

[Registry]
Root: HKA; Subkey: "Software\Classes\.partnering\OpenWithProgids"; ValueType: string; ValueName: "PartnerWizard.Case"; ValueData: ""; Flags: uninsdeletevalue; Tasks: association
Root: HKA; Subkey: "Software\Classes\PartnerWizard.Case"; ValueType: string; ValueData: "Partner Wizard case"; Flags: uninsdeletekey; Tasks: association
Root: HKA; Subkey: "Software\Classes\PartnerWizard.Case\DefaultIcon"; ValueType: string; ValueData: "{app}\partnerwizard-app.exe,0"; Tasks: association
Root: HKA; Subkey: "Software\Classes\PartnerWizard.Case\shell\open\command"; ValueType: string; ValueData: """{app}\partnerwizard-app.exe"" ""%1"""; Tasks: association

[Run]
Filename: "{app}\partnerwizard-app.exe"; Description: "Start Partner Wizard"; Flags: nowait postinstall skipifsilent
