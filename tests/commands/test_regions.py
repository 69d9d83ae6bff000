"""`regions import` on the command line: what it says, what it writes, how it exits."""

import pytest

from issues import regions
from issues.territory import sheet
from issues.vocabulary import RegionKind


@pytest.fixture
def run(people, app, tmp_path):
    def ask(content, *options):
        file = tmp_path / "区域.xlsx"
        file.write_bytes(content)
        return app.test_cli_runner().invoke(args=["regions", "import", str(file), *options])

    return ask


def test_a_workbook_is_checked_brought_in_once_or_refused_by_its_cells(run):
    refused = run(sheet.sample())
    assert refused.exit_code == 1
    assert "A2（上级区域）：没有名为“第一镇”的区域" in refused.output
    assert "一个区域也没有写入" in refused.output
    assert run(b"junk").exit_code == 1
    regions.add("511902-900", "第一镇", RegionKind.TOWNSHIP, regions.find("511902"))
    regions.db.session.commit()

    checked = run(sheet.sample(), "--dry-run")
    assert (checked.exit_code, regions.find("511902-900-001")) == (0, None)
    assert "检查无误：新增2个区域" in checked.output
    assert "导入完成：新增2个区域" in run(sheet.sample()).output
    assert "新增0个区域，已有2个" in run(sheet.sample()).output
