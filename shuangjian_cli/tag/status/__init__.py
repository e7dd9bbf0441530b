"""Whether a figure is reported as fact or planned: `achieved` or `target`."""

from shuangjian_cli.tag.status.status import Status
from shuangjian_cli.tag.status.titles import announces_plan

__all__ = ["Status", "announces_plan"]
