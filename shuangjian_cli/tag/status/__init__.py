"""Whether a figure is reported as fact or planned: `achieved` or `target`."""

from shuangjian_cli.tag.status.status import Status

__all__ = ["Status"]
