"""The words of the trade as frozen values. No disk, no network, no clock."""
