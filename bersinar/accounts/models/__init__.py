"""People who log in, what proves that it is them, and where they are signed in."""

from bersinar.accounts.models.doors import Device, Invitation, Session, SignInTries
from bersinar.accounts.models.factors import AuthenticatorApp, Passkey, RecoveryCode
from bersinar.accounts.models.people import VILLAGE_ROLES, User, UserManager
from bersinar.accounts.models.together import JointAct

__all__ = [
    "VILLAGE_ROLES",
    "AuthenticatorApp",
    "Device",
    "Invitation",
    "JointAct",
    "Passkey",
    "RecoveryCode",
    "Session",
    "SignInTries",
    "User",
    "UserManager",
]
